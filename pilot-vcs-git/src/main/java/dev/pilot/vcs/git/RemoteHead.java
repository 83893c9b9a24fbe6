package dev.pilot.vcs.git;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.jspecify.annotations.Nullable;

/** Which branch a remote takes for its main one. */
final class RemoteHead {
    private static final String IN_AN_EMPTY_REPOSITORY = "main";
    private static final List<String> USUAL = List.of("main", "master");

    private RemoteHead() {}

    /**
     * The branch that the remote's HEAD names. Where it names none (detached, or pointing nowhere): the one we have, if the remote
     * still has it; else one at HEAD's commit; else one with a usual name; else the first.
     */
    static String branch(FetchResult fetched, Repository copy) throws IOException {
        Ref head = fetched.getAdvertisedRef(Constants.HEAD);
        List<String> branches = branches(fetched);
        if (head != null && head.isSymbolic() && head.getTarget().getName().startsWith(Constants.R_HEADS)) {
            return Repository.shortenRefName(head.getTarget().getName());
        }
        String ours = copy.getBranch();
        if (branches.isEmpty()) {
            return Copy.branch(copy, Constants.R_HEADS + ours) == null ? IN_AN_EMPTY_REPOSITORY : ours;
        }
        if (branches.contains(ours)) {
            return ours;
        }
        List<String> atHead = head == null
                ? List.of()
                : branches.stream()
                        .filter(branch -> head.getObjectId().equals(id(fetched, branch)))
                        .toList();
        return usualOrFirst(atHead.isEmpty() ? branches : atHead);
    }

    /** The remote's branches, in order. */
    static List<String> branches(FetchResult fetched) {
        Collection<Ref> refs = fetched.getAdvertisedRefs();
        return refs.stream()
                .map(Ref::getName)
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(Repository::shortenRefName)
                .sorted()
                .toList();
    }

    private static @Nullable ObjectId id(FetchResult fetched, String branch) {
        Ref ref = fetched.getAdvertisedRef(Constants.R_HEADS + branch);
        return ref == null ? null : ref.getObjectId();
    }

    private static String usualOrFirst(List<String> branches) {
        return USUAL.stream().filter(branches::contains).findFirst().orElseGet(() -> branches.get(0));
    }
}
