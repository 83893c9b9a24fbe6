package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Brings a copy up to date with its remote. The remote's branches go under {@code refs/remotes/origin}, its tags under
 * {@code refs/tags}; what it deleted goes. Of the hub's own branches only the default one is touched: made where it is missing, and
 * moved forward while every commit of it is the remote's too. A remote whose history was rewritten leaves it where it is.
 */
final class RemoteSync {
    private static final List<RefSpec> EVERYTHING =
            List.of(new RefSpec("+refs/heads/*:" + BranchName.REMOTE + "*"), new RefSpec("+refs/tags/*:refs/tags/*"));

    private final Duration timeout;

    RemoteSync(Duration timeout) {
        this.timeout = timeout;
    }

    RepoSnapshot sync(RepoLocation location) throws IOException {
        RemoteUrl url = RemoteUrl.parse(location.remoteUrl());
        String configured = location.defaultBranch();
        if (configured != null) {
            BranchName.ref(configured, "defaultBranch");
        }
        try (CopyLock lock = CopyLock.take(location.directory())) {
            Path directory = lock.directory();
            if (Copy.isOne(directory)) {
                try (Repository copy = Copy.open(directory)) {
                    return update(copy, url, configured);
                }
            }
            if (!DirectoryTree.isEmptyOrAbsent(directory)) {
                throw Failures.directoryTaken(directory);
            }
            return make(directory, url, configured);
        }
    }

    private RepoSnapshot make(Path directory, RemoteUrl url, @Nullable String configured) throws IOException {
        Path building = Siblings.create(directory);
        try {
            RepoSnapshot snapshot;
            try (Repository copy = Copy.create(building)) {
                snapshot = update(copy, url, configured);
            }
            Siblings.moveInto(building, directory);
            return snapshot;
        } finally {
            DirectoryTree.delete(building);
        }
    }

    private RepoSnapshot update(Repository copy, RemoteUrl url, @Nullable String configured) throws IOException {
        FetchResult fetched = fetch(copy, url);
        ShallowHistory.follow(copy, url);
        String branch = configured == null ? RemoteHead.branch(fetched, copy) : configured;
        String ref = Constants.R_HEADS + branch;
        if (configured != null && fetched.getAdvertisedRef(ref) == null && Copy.branch(copy, ref) == null) {
            refuseUnknown(configured, fetched);
        }
        boolean moved = follow(copy, ref, BranchName.REMOTE + branch);
        Copy.pointHead(copy, ref);
        ObjectId head = Copy.branch(copy, ref);
        Tidying.tidy(copy);
        boolean fetchedAnything = fetched.getTrackingRefUpdates().stream().anyMatch(RemoteSync::isNews);
        return new RepoSnapshot(branch, head == null ? null : head.name(), moved || fetchedAnything);
    }

    private FetchResult fetch(Repository copy, RemoteUrl url) throws IOException {
        FetchResult fetched = fetchOnce(copy, url);
        if (failures(fetched).isEmpty()) {
            return fetched;
        }
        // All refs are set in one go or none is. Where the remote replaced a/b by a, the old one has to go first.
        deleteWhatIsGone(copy, fetched);
        fetched = fetchOnce(copy, url);
        for (TrackingRefUpdate failure : failures(fetched)) {
            throw Failures.refUpdate(failure.getLocalName(), failure.getResult());
        }
        return fetched;
    }

    private FetchResult fetchOnce(Repository copy, RemoteUrl url) throws IOException {
        try (RemoteTransport transport = RemoteTransport.open(copy, url, timeout)) {
            return transport.fetch(NullProgressMonitor.INSTANCE, EVERYTHING);
        } catch (TransportException | NotSupportedException e) {
            throw Failures.unreachable(url, copy.getDirectory().toPath(), e);
        }
    }

    private static List<TrackingRefUpdate> failures(FetchResult fetched) {
        return fetched.getTrackingRefUpdates().stream()
                .filter(update -> switch (update.getResult()) {
                    case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> false;
                    default -> true;
                })
                .toList();
    }

    private static void deleteWhatIsGone(Repository copy, FetchResult fetched) throws IOException {
        for (Ref ref : copy.getRefDatabase().getRefsByPrefix(BranchName.REMOTE, Constants.R_TAGS)) {
            String theirs = ref.getName().replace(BranchName.REMOTE, Constants.R_HEADS);
            if (fetched.getAdvertisedRef(theirs) == null) {
                Copy.deleteRef(copy, ref.getName());
            }
        }
    }

    private static boolean isNews(TrackingRefUpdate update) {
        return update.getResult() != RefUpdate.Result.NO_CHANGE;
    }

    private static void refuseUnknown(String branch, FetchResult fetched) {
        List<String> there = RemoteHead.branches(fetched);
        if (!there.isEmpty()) {
            String some = String.join(", ", there.subList(0, Math.min(10, there.size())));
            throw InvalidInput.of("defaultBranch", "the remote has no branch " + branch + "; it has " + some);
        }
    }

    private static boolean follow(Repository copy, String ref, String tracking) throws IOException {
        ObjectId theirs = Copy.branch(copy, tracking);
        ObjectId ours = Copy.branch(copy, ref);
        if (theirs == null || theirs.equals(ours) || (ours != null && !Copy.isAncestor(copy, ours, theirs))) {
            return false;
        }
        if (!Copy.move(copy, ref, ours, theirs, "sync: follow the remote")) {
            throw Failures.refUpdate(ref, RefUpdate.Result.LOCK_FAILURE);
        }
        return true;
    }
}
