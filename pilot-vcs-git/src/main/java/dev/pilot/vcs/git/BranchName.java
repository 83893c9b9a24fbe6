package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Names of branches, and the refs they stand for. */
final class BranchName {
    /** Where the remote's branches live in a copy. */
    static final String REMOTE = "refs/remotes/origin/";

    private BranchName() {}

    /**
     * The ref of one of the hub's own branches.
     *
     * @throws InvalidInput if git would not have such a name
     */
    static String ref(String branch, String field) {
        String ref = Constants.R_HEADS + branch;
        if (branch.startsWith("-") || branch.equals(Constants.HEAD) || !Repository.isValidRefName(ref)) {
            throw InvalidInput.of(field, "is no name for a branch: " + branch);
        }
        return ref;
    }

    /**
     * Refuses the branch that results are merged into: work is published and deleted by name, and must not replace it.
     *
     * @throws NotAllowed with code {@code branch-protected}
     */
    static void refuseDefault(Repository copy, @Nullable String configured, String branch) throws IOException {
        if (branch.equals(configured) || branch.equals(copy.getBranch())) {
            throw new NotAllowed(
                    "branch-protected",
                    "The branch " + branch + " is the one that results are merged into: use another name.");
        }
    }
}
