package dev.pilot.testkit.store;

import dev.pilot.api.store.ProjectStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link ProjectStore} promises. An adapter's test extends this and says how to open a store; each test gets a directory
 * of its own. The first four parts are the port's numbered rules, the others are its records, area by area.
 */
public abstract class ProjectStoreContract {
    /** For subclasses. */
    protected ProjectStoreContract() {}

    /**
     * Opens a store.
     *
     * @param directory where it is; empty at first, and opened again with the same directory to see what was kept
     * @param clock its clock, which tests move
     * @return the store; the caller closes it
     */
    protected abstract ProjectStore open(Path directory, Clock clock);

    @Nested
    class Units extends UnitsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class BoundViews extends BoundViewsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Durability extends DurabilityContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class TextAndTime extends TextAndTimeContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Budgets extends BudgetsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Races extends RacesContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Events extends EventsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Answers extends AnswersContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Projects extends ProjectsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Tasks extends TasksContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Runs extends RunsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Claims extends ClaimsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Leases extends LeasesContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Approvals extends ApprovalsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class GraphRuns extends GraphRunsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Access extends AccessContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class Audit extends AuditContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }

    @Nested
    class OtherRecords extends OtherRecordsContract {
        @Override
        ProjectStore open(Path directory, Clock clock) {
            return ProjectStoreContract.this.open(directory, clock);
        }
    }
}
