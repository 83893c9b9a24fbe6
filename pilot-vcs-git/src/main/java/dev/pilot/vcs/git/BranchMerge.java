package dev.pilot.vcs.git;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.repo.MergeRequest;
import dev.pilot.api.repo.MergeResult;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.jspecify.annotations.Nullable;

/** Merges a commit into a branch of a copy, without a working tree. */
final class BranchMerge {
    private static final int TRIES = 5;

    private final Clock clock;

    BranchMerge(Clock clock) {
        this.clock = clock;
    }

    MergeResult merge(MergeRequest request) throws IOException {
        String ref = BranchName.ref(request.target(), "target");
        try (CopyLock lock = CopyLock.take(request.repo().directory());
                Repository copy = Copy.open(lock.directory())) {
            ObjectId commit = Copy.commit(copy, request.commit(), "commit");
            // Nobody else of Pilot can move the branch now, but a person with the git command might.
            for (int tries = 0; tries < TRIES; tries++) {
                ObjectId target = Copy.branch(copy, ref);
                Outcome outcome = outcome(copy, request, target, commit);
                if (outcome.moveTo() == null
                        || Copy.move(copy, ref, target, outcome.moveTo(), "merge " + commit.name())) {
                    return outcome.result();
                }
            }
            throw Failures.refUpdate(ref, RefUpdate.Result.LOCK_FAILURE);
        }
    }

    private Outcome outcome(Repository copy, MergeRequest request, @Nullable ObjectId target, ObjectId commit)
            throws IOException {
        if (target == null) {
            if (!isDefault(copy, request)) {
                throw new NotFound("branch", request.target());
            }
            return Outcome.forward(commit); // the first work in an empty repository
        }
        if (Copy.isAncestor(copy, commit, target)) {
            return new Outcome(new MergeResult.Merged(target.name(), target.equals(commit), true), null);
        }
        if (Copy.isAncestor(copy, target, commit)) {
            return Outcome.forward(commit);
        }
        return join(copy, request, target, commit);
    }

    private static boolean isDefault(Repository copy, MergeRequest request) throws IOException {
        return request.target().equals(copy.getBranch())
                || request.target().equals(request.repo().defaultBranch());
    }

    private Outcome join(Repository copy, MergeRequest request, ObjectId target, ObjectId commit) throws IOException {
        try (ObjectInserter inserter = copy.newObjectInserter()) {
            ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(copy, true);
            merger.setObjectInserter(inserter);
            if (!merger.merge(target, commit)) {
                return new Outcome(new MergeResult.Conflict(Conflicts.files(merger)), null);
            }
            PersonIdent author =
                    new PersonIdent(request.authorName(), request.authorEmail(), clock.instant(), ZoneOffset.UTC);
            CommitBuilder builder = new CommitBuilder();
            builder.setTreeId(merger.getResultTreeId());
            builder.setParentIds(target, commit);
            builder.setAuthor(author);
            builder.setCommitter(author);
            builder.setMessage(request.message());
            ObjectId merged = inserter.insert(builder);
            inserter.flush();
            return new Outcome(new MergeResult.Merged(merged.name(), false, false), merged);
        }
    }

    /** What would come of it, and where the branch has to go for that; null if it stays. */
    private record Outcome(MergeResult result, @Nullable ObjectId moveTo) {
        static Outcome forward(ObjectId commit) {
            return new Outcome(new MergeResult.Merged(commit.name(), true, false), commit);
        }
    }
}
