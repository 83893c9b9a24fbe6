package dev.pilot.api.repo;

import java.util.List;

/** What came of a merge. */
public sealed interface MergeResult {
    /** The kinds of result. */
    enum Kind {
        /** The target has the commit. */
        MERGED,
        /** The same files were changed on both sides; the target is untouched. */
        CONFLICT
    }

    /**
     * Which kind of result this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * The target has the commit.
     *
     * @param commit the target's commit now
     * @param fastForward whether no merge commit was needed
     * @param already whether it had it before
     */
    record Merged(String commit, boolean fastForward, boolean already) implements MergeResult {
        @Override
        public Kind kind() {
            return Kind.MERGED;
        }
    }

    /**
     * The same files were changed on both sides; the target is untouched.
     *
     * @param files the files' paths
     */
    record Conflict(List<String> files) implements MergeResult {
        /** Copies the files. */
        public Conflict {
            files = List.copyOf(files);
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }
    }
}
