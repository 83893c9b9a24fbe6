package dev.pilot.api.project;

import java.util.List;

/**
 * The commands that a project's own tools are run with, each as a list of arguments (never through a shell, unless
 * the list names one).
 *
 * @param install installs what the project needs; empty if there is none
 * @param test runs its tests; empty if there are none
 * @param lint checks its style; empty if there is none
 */
public record ProjectCommands(List<String> install, List<String> test, List<String> lint) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public ProjectCommands {
        install = install == null ? List.of() : List.copyOf(install);
        test = test == null ? List.of() : List.copyOf(test);
        lint = lint == null ? List.of() : List.copyOf(lint);
    }

    /** No commands. */
    public static final ProjectCommands NONE = new ProjectCommands(List.of(), List.of(), List.of());
}
