package dev.pilot.server.demo.bundled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/** What the branch that is checked out changes against the one that it comes from. */
final class ChangedFiles {
    private ChangedFiles() {}

    /** An added line; numbers are from 1. */
    record Line(int number, String text) {}

    /** A file that was added or changed. */
    record Changed(String path, boolean isText, List<Line> added) {}

    static List<Changed> of(Path root) throws IOException {
        FS.FileStoreAttributes.setBackground(true); // measuring the disk would take seconds
        try (Repository repository = new FileRepositoryBuilder()
                        .setGitDir(root.resolve(Constants.DOT_GIT).toFile())
                        .setWorkTree(root.toFile())
                        .setMustExist(true)
                        .build();
                DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            diff.setRepository(repository);
            List<Changed> files = new ArrayList<>();
            for (DiffEntry entry : diff.scan(base(repository), tree(repository, Constants.HEAD))) {
                if (isFile(entry.getNewMode())) {
                    files.add(changed(repository, diff, entry));
                }
            }
            return files;
        }
    }

    /** Neither deleted, nor a link or a submodule. */
    private static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private static Changed changed(Repository repository, DiffFormatter diff, DiffEntry entry) throws IOException {
        byte[] bytes = repository.open(entry.getNewId().toObjectId()).getBytes();
        if (RawText.isBinary(bytes)) {
            return new Changed(entry.getNewPath(), false, List.of());
        }
        RawText text = new RawText(bytes);
        List<Line> added = new ArrayList<>();
        for (Edit edit : diff.toFileHeader(entry).toEditList()) {
            for (int line = edit.getBeginB(); line < edit.getEndB(); line++) {
                added.add(new Line(line + 1, text.getString(line).replace("\r", "")));
            }
        }
        return new Changed(entry.getNewPath(), true, added);
    }

    /** Where the branch leaves the one that it comes from; nothing, if there was no commit before. */
    private static AbstractTreeIterator base(Repository repository) throws IOException {
        Optional<Ref> upstream = repository.getRefDatabase().getRefsByPrefix(Constants.R_REMOTES).stream()
                .findFirst();
        ObjectId head = repository.resolve(Constants.HEAD);
        if (upstream.isEmpty() || head == null) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(head));
            walk.markStart(walk.parseCommit(upstream.get().getObjectId()));
            RevCommit common = walk.next();
            return common == null ? new EmptyTreeIterator() : tree(repository, common.name());
        }
    }

    private static AbstractTreeIterator tree(Repository repository, String commit) throws IOException {
        ObjectId tree = repository.resolve(commit + "^{tree}");
        if (tree == null) {
            return new EmptyTreeIterator();
        }
        CanonicalTreeParser parser = new CanonicalTreeParser();
        try (var reader = repository.newObjectReader()) {
            parser.reset(reader, tree);
        }
        return parser;
    }
}
