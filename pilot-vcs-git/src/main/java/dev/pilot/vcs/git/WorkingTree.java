package dev.pilot.vcs.git;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuildIterator;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Brings an index to what is on disk: new files but for the ignored, changed and deleted ones.
 *
 * <p>It differs from {@code git add --all} where that would lose work: a repository that the agent made or cloned inside the
 * workspace is taken as plain files, not as a link to a commit that nobody has; files marked "assume unchanged" are looked at; and
 * pipes, sockets and devices are left out rather than read.
 */
final class WorkingTree {
    private final NameConflictTreeWalk walk;
    private final DirCacheBuilder builder;
    private final ObjectInserter inserter;
    private final ObjectReader reader;

    private WorkingTree(
            NameConflictTreeWalk walk, DirCacheBuilder builder, ObjectInserter inserter, ObjectReader reader) {
        this.walk = walk;
        this.builder = builder;
        this.inserter = inserter;
        this.reader = reader;
    }

    static void stage(Repository repository, DirCache index, @Nullable ObjectId treeBefore, ObjectInserter inserter)
            throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                NameConflictTreeWalk walk = new NameConflictTreeWalk(repository, reader)) {
            DirCacheBuilder builder = index.builder();
            walk.setOperationType(OperationType.CHECKIN_OP);
            walk.addTree(new DirCacheBuildIterator(builder));
            FileTreeIterator files = new FileTreeIterator(repository, WorkingTree::mode);
            files.setDirCacheIterator(walk, 0);
            walk.addTree(files);
            walk.addTree(before(reader, treeBefore));
            new WorkingTree(walk, builder, inserter, reader).stageAll();
            builder.finish();
        }
    }

    private static AbstractTreeIterator before(ObjectReader reader, @Nullable ObjectId tree) throws IOException {
        return tree == null ? new EmptyTreeIterator() : new CanonicalTreeParser(null, reader, tree);
    }

    private static FileMode mode(File file, FS.Attributes attributes) {
        if (attributes.isSymbolicLink()) {
            return FileMode.SYMLINK;
        }
        if (attributes.isDirectory()) {
            return FileMode.TREE;
        }
        if (!attributes.isRegularFile()) {
            return FileMode.MISSING;
        }
        return attributes.isExecutable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    private void stageAll() throws IOException {
        while (walk.next()) {
            DirCacheIterator indexed = walk.getTree(0, DirCacheIterator.class);
            WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
            DirCacheEntry entry = indexed == null ? null : indexed.getDirCacheEntry();
            if (entry != null && isSubmodule(entry, file)) {
                builder.add(entry);
            } else if (file == null || file.getEntryRawMode() == FileMode.TYPE_MISSING) {
                keepWhatIsNotCheckedOut(indexed, entry);
            } else if (file.getEntryRawMode() == FileMode.TYPE_TREE) {
                if (indexed != null || !file.isEntryIgnored()) {
                    walk.enterSubtree();
                }
            } else if (indexed != null || !file.isEntryIgnored()) {
                builder.add(staged(entry, indexed, file));
            }
        }
    }

    /** One that the repository had before; it isn't filled here, so its directory says nothing. */
    private boolean isSubmodule(DirCacheEntry entry, @Nullable WorkingTreeIterator file) {
        return FileMode.GITLINK.equals(entry.getRawMode())
                && FileMode.GITLINK.equals(walk.getRawMode(2))
                && (file == null || file.getEntryRawMode() == FileMode.TYPE_TREE);
    }

    /** A file that is gone is gone, but for those that a sparse checkout leaves out. */
    private void keepWhatIsNotCheckedOut(@Nullable DirCacheIterator indexed, @Nullable DirCacheEntry entry)
            throws IOException {
        if (entry != null) {
            if (entry.isSkipWorkTree()) {
                builder.add(entry);
            }
        } else if (indexed != null) {
            walk.enterSubtree();
        }
    }

    private DirCacheEntry staged(
            @Nullable DirCacheEntry entry, @Nullable DirCacheIterator indexed, WorkingTreeIterator file)
            throws IOException {
        if (entry != null) {
            entry.setAssumeValid(false);
            if (!FileMode.GITLINK.equals(entry.getRawMode()) && !file.isModified(entry, true, reader)) {
                return entry;
            }
        }
        DirCacheEntry staged = new DirCacheEntry(walk.getRawPath());
        staged.setFileMode(entry == null ? file.getEntryFileMode() : file.getIndexFileMode(indexed));
        staged.setLength(file.getEntryLength());
        staged.setLastModified(file.getEntryLastModifiedInstant());
        try (InputStream content = file.openEntryStream()) {
            staged.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getEntryContentLength(), content));
        }
        return staged;
    }
}
