package dev.pilot.client;

import dev.pilot.testkit.hub.PilotContract;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;

final class RemotePilotTest extends PilotContract {
    @Override
    protected PilotFixture open(Path directory) {
        return RemotePilot.open(directory);
    }

    /** More with {@code -Dpilot.rounds=…}. */
    @Override
    protected int rounds() {
        return Integer.getInteger("pilot.rounds", super.rounds());
    }
}
