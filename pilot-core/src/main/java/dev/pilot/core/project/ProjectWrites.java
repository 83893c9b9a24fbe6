package dev.pilot.core.project;

import dev.pilot.api.project.Project;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.List;

/** Writes a changed project: its new version, and the event that tells of it. */
final class ProjectWrites {
    private ProjectWrites() {}

    /** A patch that changes nothing leaves the version as it is and tells nothing. */
    static Project update(StoreUnit unit, Journal journal, Project before, Project after) {
        List<String> fields = Changes.between(before, after);
        if (fields.isEmpty()) {
            return before;
        }
        Project versioned = version(unit, before, after);
        journal.updated(unit, Subject.project(before.id()), before.id(), fields);
        return versioned;
    }

    /** For changes that tell of themselves. */
    static Project version(StoreUnit unit, Project before, Project after) {
        Project versioned = after.toBuilder()
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.projects().update(versioned, before.updatedAt());
        return versioned;
    }
}
