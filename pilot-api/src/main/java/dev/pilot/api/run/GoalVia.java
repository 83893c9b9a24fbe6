package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How a command is told the run's goal. */
public enum GoalVia implements Named {
    /** As its last argument. */
    ARGUMENT("argument"),
    /** On its standard input. */
    STDIN("stdin"),
    /** In a file, whose path is in {@code PILOT_GOAL_FILE}. */
    FILE("file");

    private final String wire;

    GoalVia(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
