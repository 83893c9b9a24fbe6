package dev.pilot.vcs.git;

import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * A remote on this machine may be a shallow clone, whose history ends before its first commit; build servers make such. JGit's
 * local fetch doesn't tell, so the ends are noted in the copy here, else every walk through its history would fail there.
 */
final class ShallowHistory {
    private ShallowHistory() {}

    static void follow(Repository copy, RemoteUrl url) throws IOException {
        ObjectDatabase objects = copy.getObjectDatabase();
        Set<ObjectId> known = objects.getShallowCommits();
        Set<ObjectId> ends = new HashSet<>(known);
        ends.addAll(endsOf(url));
        if (ends.isEmpty()) {
            return;
        }
        Set<ObjectId> still = new HashSet<>();
        for (ObjectId end : ends) {
            if (isEnd(objects, end)) {
                still.add(end);
            }
        }
        if (!still.equals(known)) {
            objects.setShallowCommits(still);
        }
    }

    /** Whether the commit is there and a parent of it is not. */
    private static boolean isEnd(ObjectDatabase objects, ObjectId commit) throws IOException {
        try (ObjectReader reader = objects.newReader()) {
            if (!reader.has(commit)) {
                return false;
            }
            for (RevCommit parent :
                    RevCommit.parse(reader.open(commit).getBytes()).getParents()) {
                if (!reader.has(parent)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Set<ObjectId> endsOf(RemoteUrl url) throws IOException {
        File directory = url.isLocal() ? FileKey.resolve(new File(url.uri().getPath()), FS.DETECTED) : null;
        if (directory == null) {
            return Set.of();
        }
        try (Repository remote = new FileRepositoryBuilder()
                .setGitDir(directory)
                .setMustExist(true)
                .build()) {
            return remote.getObjectDatabase().getShallowCommits();
        }
    }
}
