package dev.pilot.server.access;

import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.value.Named;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What a user or token is to be allowed. */
final class RightsOptions {
    @Option(names = "--admin", description = "May do everything; the same as --scope admin.")
    private boolean admin;

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "<scope>",
            description = "What it may do: admin, operator, agent, worker or reader; several with commas.")
    private List<String> scopes = List.of();

    @Option(
            names = "--project",
            split = ",",
            paramLabel = "<id>",
            description = "Only in this project; several with commas. Default: in all.")
    private List<String> projects = List.of();

    @Option(names = "--proposes", description = "What it would change only becomes a proposal.")
    private boolean proposes;

    @Option(names = "--no-decisions", description = "It may decide no approvals.")
    private boolean undecided;

    @SuppressWarnings("NullAway") // picocli sets it
    RightsOptions() {}

    Rights rights() {
        Set<Scope> all = new LinkedHashSet<>();
        scopes.forEach(scope -> all.add(Named.parse(Scope.class, scope, "--scope")));
        if (admin) {
            all.add(Scope.ADMIN);
        }
        if (all.isEmpty()) {
            throw InvalidInput.of("--scope", "is missing: give one, or --admin");
        }
        return new Rights(
                all, proposes, !undecided, projects.stream().map(ProjectId::new).collect(Collectors.toSet()));
    }

    static String shown(Rights rights) {
        String scopes = rights.scopes().stream().map(Scope::wire).sorted().collect(Collectors.joining(","));
        String projects =
                rights.projects().stream().map(ProjectId::value).sorted().collect(Collectors.joining(","));
        return scopes
                + (rights.proposes() ? ", proposes" : "")
                + (rights.approves() ? "" : ", no decisions")
                + (projects.isEmpty() ? "" : ", in " + projects);
    }
}
