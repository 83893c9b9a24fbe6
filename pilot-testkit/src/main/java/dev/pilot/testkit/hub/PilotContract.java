package dev.pilot.testkit.hub;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * All that a hub promises its callers, area by area. A way in proves itself by extending this and opening a fixture; one hub serves
 * all tests, one after another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class PilotContract {
    @SuppressWarnings("NullAway.Init") // opened before all tests
    private PilotFixture fixture;

    /** For subclasses. */
    protected PilotContract() {}

    /**
     * Opens the hub under test.
     *
     * @param directory an empty directory of its own
     * @return the fixture; it is closed after the last test
     */
    protected abstract PilotFixture open(Path directory);

    /**
     * How often each race is run.
     *
     * @return at least 1; 15 unless overridden
     */
    protected int rounds() {
        return 15;
    }

    @BeforeAll
    void openOnce(@TempDir Path directory) {
        fixture = open(directory);
    }

    @AfterAll
    void closeOnce() {
        if (fixture != null) {
            fixture.close(); // else it could not be opened, and that is the failure to show
        }
    }

    @Nested
    class Projects extends ProjectsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Tasks extends TasksContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Plans extends PlansContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class GraphRuns extends GraphRunsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Agents extends AgentsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Runs extends RunsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class RunLifecycle extends RunLifecycleContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Claims extends ClaimsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Budgets extends BudgetsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class LostWork extends LostWorkContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Approvals extends ApprovalsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Tools extends ToolsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Proposals extends ProposalsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Events extends EventsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Actions extends ActionsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class OutputAndArtifacts extends OutputAndArtifactsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Secrets extends SecretsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Repos extends ReposContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class System extends SystemContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Users extends UsersContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Sessions extends SessionsContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Tokens extends TokensContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Callers extends CallersContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class BoundCallers extends BoundCallersContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Audit extends AuditContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Races extends RacesContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }

        @Override
        protected int rounds() {
            return PilotContract.this.rounds();
        }
    }

    @Nested
    class BadInput extends BadInputContract {
        @Override
        protected PilotFixture fixture() {
            return fixture;
        }
    }
}
