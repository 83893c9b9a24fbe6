package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.RepoLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.BundleWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a copy, or a branch of it, as a bundle (gitformat-bundle(5)). A repository without commits has no bundle in that format, so it
 * is written as nothing at all.
 */
final class BundleWriting {
    private static final int MOST_TIPS = 100;

    private BundleWriting() {}

    static List<String> tips(RepoLocation location) throws IOException {
        if (!Copy.isOne(location.directory())) {
            return List.of();
        }
        try (Repository copy = Copy.open(location.directory());
                RevWalk walk = new RevWalk(copy)) {
            Set<String> tips = new LinkedHashSet<>();
            List<Ref> refs = new ArrayList<>();
            Ref main = copy.exactRef(defaultBranch(copy, location));
            if (main != null) {
                refs.add(main);
            }
            refs.addAll(copy.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS));
            for (Ref ref : refs) {
                RevCommit commit = commit(walk, ref.getObjectId());
                if (commit != null && tips.size() < MOST_TIPS) {
                    tips.add(commit.name());
                }
            }
            return List.copyOf(tips);
        }
    }

    static void write(RepoLocation location, @Nullable String branch, List<String> without, OutputStream to)
            throws IOException {
        try (Repository copy = Copy.open(location.directory());
                RevWalk walk = new RevWalk(copy)) {
            if (!copy.getObjectDatabase().getShallowCommits().isEmpty()) {
                throw new NotAllowed(
                        "repository-shallow",
                        "The history of " + location.directory()
                                + " is cut off, as its remote's is, so it can't be handed on: give the remote all of it"
                                + " (git fetch --unshallow).");
            }
            BundleWriter writer = new BundleWriter(copy);
            boolean any = branch == null
                    ? includeEverything(writer, copy, location)
                    : include(writer, copy, BranchName.ref(branch, "branch"));
            if (!any) {
                if (branch != null) {
                    throw InvalidInput.of("branch", "is no branch of the copy: " + branch);
                }
                return;
            }
            for (String known : without) {
                RevCommit commit = ObjectId.isId(known) ? commit(walk, ObjectId.fromString(known)) : null;
                if (commit != null) {
                    walk.parseBody(commit);
                    writer.assume(commit);
                }
            }
            writer.writeBundle(NullProgressMonitor.INSTANCE, to);
        }
    }

    private static boolean includeEverything(BundleWriter writer, Repository copy, RepoLocation location)
            throws IOException {
        if (!include(writer, copy, defaultBranch(copy, location))) {
            return false;
        }
        for (Ref tag : copy.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            writer.include(tag);
        }
        return true;
    }

    private static boolean include(BundleWriter writer, Repository copy, String ref) throws IOException {
        ObjectId tip = Copy.branch(copy, ref);
        if (tip == null) {
            return false;
        }
        writer.include(ref, tip);
        return true;
    }

    private static String defaultBranch(Repository copy, RepoLocation location) throws IOException {
        return Constants.R_HEADS + (location.defaultBranch() == null ? copy.getBranch() : location.defaultBranch());
    }

    /** The commit itself, or what a tag names; null where there is none. */
    private static @Nullable RevCommit commit(RevWalk walk, @Nullable ObjectId id) throws IOException {
        try {
            return id == null ? null : walk.parseCommit(id);
        } catch (MissingObjectException | IncorrectObjectTypeException unknown) {
            return null;
        }
    }
}
