package dev.pilot.e2e.fault.quota;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.Run;
import java.util.List;

/** A quota, as a caller who knows only the documentation would count it. */
record Limit(QuotaScope scope, String key, int max) {
    /** Under which keys a run counts. */
    List<String> keys(Run run) {
        List<String> all = switch (scope) {
            case OVERALL -> List.of(Quota.EACH);
            case PROJECT -> List.of(run.projectId().value());
            case REPOSITORY ->
                run.repoId() == null ? List.of() : List.of(run.repoId().value());
            case PROVIDER ->
                run.profile().provider() == null
                        ? List.of()
                        : List.of(run.profile().provider());
            case TOOL -> run.profile().tools();
        };
        return key.equals(Quota.EACH) ? all : all.stream().filter(key::equals).toList();
    }
}
