package dev.pilot.core.repo;

import dev.pilot.api.id.RunId;

/** What the branch of an attempt is called. */
public final class AttemptBranch {
    private AttemptBranch() {}

    /**
     * Its name. An id may hold what git allows in no branch; what is spelled otherwise gets a mark, so that no two ids share a branch.
     *
     * @param run the run
     * @param attempt the attempt
     * @return such as {@code pilot/run_1-2}
     */
    public static String of(RunId run, int attempt) {
        String id = run.value();
        String plain = id.replaceAll("[^A-Za-z0-9_-]", "-");
        String mark = plain.equals(id) ? "" : "-" + Integer.toHexString(id.hashCode());
        return "pilot/" + plain + mark + "-" + attempt;
    }
}
