package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** The semantic changes that an agent may ask for. */
public enum ActionKind implements Named {
    /** Sets the project's status; params: {@code status}. */
    SET_STATUS("set-status"),
    /** Sets the project's priority; params: {@code priority}. */
    SET_PRIORITY("set-priority"),
    /** Sets the progress; params: {@code progress}, 0 to 100. */
    SET_PROGRESS("set-progress"),
    /** Adds to the progress, which stays within 0 to 100; params: {@code delta}. */
    BUMP_PROGRESS("bump-progress"),
    /** Records a note; params: {@code note}, {@code alsoWriteToProjectNotes} (default false). */
    APPEND_NOTE("append-note"),
    /** Adds a tag if it is not there; params: {@code tag}. */
    ADD_TAG("add-tag"),
    /** Removes a tag if it is there; params: {@code tag}. */
    REMOVE_TAG("remove-tag"),
    /** Sets the status of one of the project's tasks; params: {@code taskId}, {@code status}. */
    SET_TASK_STATUS("set-task-status");

    private final String wire;

    ActionKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
