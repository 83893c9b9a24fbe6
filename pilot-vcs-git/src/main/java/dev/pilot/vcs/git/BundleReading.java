package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.MissingBundlePrerequisiteException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Takes what a bundle brings into a copy. Nothing of it is there before its objects were checked and all that they need was found. */
final class BundleReading {
    private static final RefSpec TAGS = new RefSpec("+refs/tags/*:refs/tags/*");

    private BundleReading() {}

    static RepoSnapshot mirror(RepoLocation location, InputStream bundle) throws IOException {
        String branch = InvalidInput.required(location.defaultBranch(), "defaultBranch");
        String ref = BranchName.ref(branch, "defaultBranch");
        try (CopyLock lock = CopyLock.take(location.directory())) {
            Path directory = lock.directory();
            if (Copy.isOne(directory)) {
                try (Repository copy = Copy.open(directory)) {
                    return mirror(copy, branch, ref, bundle);
                }
            }
            if (!DirectoryTree.isEmptyOrAbsent(directory)) {
                throw Failures.directoryTaken(directory);
            }
            Path building = Siblings.create(directory);
            try {
                RepoSnapshot snapshot;
                try (Repository copy = Copy.create(building)) {
                    snapshot = mirror(copy, branch, ref, bundle);
                }
                Siblings.moveInto(building, directory);
                return snapshot;
            } finally {
                DirectoryTree.delete(building);
            }
        }
    }

    private static RepoSnapshot mirror(Repository copy, String branch, String ref, InputStream bundle)
            throws IOException {
        ObjectId before = Copy.branch(copy, ref);
        fetch(copy, bundle, List.of(new RefSpec("+" + ref + ":" + ref), TAGS), false);
        Copy.pointHead(copy, ref);
        Tidying.tidy(copy);
        ObjectId head = Copy.branch(copy, ref);
        return new RepoSnapshot(branch, head == null ? null : head.name(), head != null && !head.equals(before));
    }

    static String receive(RepoLocation location, String branch, InputStream bundle) throws IOException {
        String ref = BranchName.ref(branch, "branch");
        try (CopyLock lock = CopyLock.take(location.directory());
                Repository copy = Copy.open(lock.directory())) {
            BranchName.refuseDefault(copy, location.defaultBranch(), branch);
            FetchResult fetched = fetch(copy, bundle, List.of(new RefSpec("+" + ref + ":" + ref)), true);
            if (fetched == null) {
                throw Failures.brokenBundle("it is empty");
            }
            ObjectId tip = Copy.branch(copy, ref);
            if (tip == null) {
                throw Failures.brokenBundle("it has no branch " + branch);
            }
            return tip.name();
        }
    }

    /** Answers null where there is nothing: a repository without commits. */
    private static @Nullable FetchResult fetch(
            Repository copy, InputStream bundle, List<RefSpec> refs, boolean mistrust) throws IOException {
        InputStream in = new BufferedInputStream(bundle);
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        try (TransportBundleStream transport = new TransportBundleStream(copy, new URIish("bundle"), in)) {
            transport.setTagOpt(TagOpt.NO_TAGS); // they are asked for by name
            transport.setCheckFetchedObjects(true);
            if (mistrust) {
                transport.setObjectChecker(new ObjectChecker());
            }
            FetchResult fetched = transport.fetch(NullProgressMonitor.INSTANCE, refs);
            for (TrackingRefUpdate update : fetched.getTrackingRefUpdates()) {
                switch (update.getResult()) {
                    case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> {}
                    default -> throw Failures.refUpdate(update.getLocalName(), update.getResult());
                }
            }
            return fetched;
        } catch (MissingBundlePrerequisiteException missing) {
            throw new NotAllowed(
                    "bundle-incomplete",
                    "The bundle builds on commits that the copy doesn't have: " + missing.getMessage());
        } catch (TransportException | NotSupportedException | URISyntaxException e) {
            throw Failures.brokenBundle(copy.getDirectory().toPath(), e);
        }
    }
}
