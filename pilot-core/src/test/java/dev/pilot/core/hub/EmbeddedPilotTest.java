package dev.pilot.core.hub;

import dev.pilot.testkit.hub.PilotContract;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;

final class EmbeddedPilotTest extends PilotContract {
    @Override
    protected PilotFixture open(Path directory) {
        return EmbeddedPilot.open(directory);
    }

    /** More with {@code -Dpilot.rounds=…}. */
    @Override
    protected int rounds() {
        return Integer.getInteger("pilot.rounds", super.rounds());
    }
}
