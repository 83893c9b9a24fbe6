package dev.pilot.core.project;

import dev.pilot.api.id.RepoId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Edit;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;

/** What must hold for a project's fields. */
final class ProjectInput {
    private ProjectInput() {}

    static void check(CreateProject command, StoreView view) {
        InputCheck check = new InputCheck();
        check.name("name", command.name());
        check.text("description", command.description(), Limits.TEXT);
        check.text("notes", command.notes(), Limits.NOTES);
        check.text("category", command.category(), Limits.WORD);
        check.range("progress", command.progress(), 0, 100);
        check.texts("tags", command.tags(), Limits.TAGS, Limits.TAG);
        commands(check, "commands", command.commands());
        check.json("attributes", command.attributes());
        if (command.repoId() != null) {
            repo(check, view, "repoId", command.repoId());
        }
        check.done();
    }

    static void check(UpdateProject patch, StoreView view) {
        InputCheck check = new InputCheck();
        check.notCleared("name", patch.name());
        check.edit("name", patch.name(), check::name);
        check.edit("description", patch.description(), (field, value) -> check.text(field, value, Limits.TEXT));
        check.edit("notes", patch.notes(), (field, value) -> check.text(field, value, Limits.NOTES));
        check.edit("category", patch.category(), (field, value) -> check.text(field, value, Limits.WORD));
        check.edit("progress", patch.progress(), (field, value) -> check.range(field, value, 0, 100));
        check.edit("tags", patch.tags(), (field, value) -> check.texts(field, value, Limits.TAGS, Limits.TAG));
        check.edit("commands", patch.commands(), (field, value) -> commands(check, field, value));
        check.edit("attributes", patch.attributes(), check::json);
        check.edit("repoId", patch.repoId(), (field, value) -> repo(check, view, field, value));
        check.done();
    }

    /** A replace is a patch that sets everything. */
    static UpdateProject asPatch(CreateProject command) {
        return UpdateProject.builder()
                .name(Edit.set(command.name()))
                .description(Edit.set(command.description()))
                .notes(Edit.set(command.notes()))
                .status(Edit.set(command.status()))
                .priority(Edit.set(command.priority()))
                .category(command.category() == null ? Edit.clear() : Edit.set(command.category()))
                .progress(Edit.set(command.progress()))
                .tags(Edit.set(command.tags()))
                .repoId(command.repoId() == null ? Edit.clear() : Edit.set(command.repoId()))
                .commands(Edit.set(command.commands()))
                .attributes(Edit.set(command.attributes()))
                .build();
    }

    private static void commands(InputCheck check, String field, ProjectCommands commands) {
        check.texts(field + ".install", commands.install(), Limits.ARGUMENTS, Limits.ARGUMENT);
        check.texts(field + ".test", commands.test(), Limits.ARGUMENTS, Limits.ARGUMENT);
        check.texts(field + ".lint", commands.lint(), Limits.ARGUMENTS, Limits.ARGUMENT);
    }

    private static void repo(InputCheck check, StoreView view, String field, RepoId id) {
        if (view.repos().find(id).isEmpty()) {
            check.problem(field, "there is no repository " + id);
        }
    }
}
