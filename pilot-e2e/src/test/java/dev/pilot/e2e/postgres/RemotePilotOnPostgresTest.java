package dev.pilot.e2e.postgres;

import dev.pilot.testkit.hub.PilotContract;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;

final class RemotePilotOnPostgresTest extends PilotContract {
    @Override
    protected PilotFixture open(Path directory) {
        return PostgresPilot.remote(directory);
    }

    /** More with {@code -Dpilot.rounds=…}. */
    @Override
    protected int rounds() {
        return Integer.getInteger("pilot.rounds", 5);
    }
}
