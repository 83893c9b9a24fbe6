package dev.pilot.vcs.git;

import dev.pilot.api.repo.ChangeKind;
import dev.pilot.api.repo.Diff;
import dev.pilot.api.repo.FileChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffDriver;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the difference between two commits as {@code git diff} does. Once the text would pass its limit, it ends at a file's end
 * with a line that says how many files are not shown; the counts are of all files all the same.
 */
final class DiffWriter {
    private final GitVcsConfig limits;

    DiffWriter(GitVcsConfig limits) {
        this.limits = limits;
    }

    Diff diff(Repository copy, @Nullable ObjectId base, ObjectId head) throws IOException {
        BoundedOutput text = new BoundedOutput(limits.maxDiffBytes());
        List<FileChange> files = new ArrayList<>();
        int hidden = 0;
        try (ObjectReader reader = copy.newObjectReader();
                Formatter formatter = new Formatter(text)) {
            formatter.setRepository(copy);
            formatter.setDetectRenames(true);
            formatter.setBinaryFileThreshold(limits.maxDiffFileBytes());
            formatter.getRenameDetector().setBigFileThreshold(limits.maxDiffFileBytes());
            formatter.setDiffAlgorithm(algorithm());
            for (DiffEntry entry : formatter.scan(tree(reader, copy, base), tree(reader, copy, head))) {
                if (hidden == 0) {
                    text.mark();
                    formatter.format(entry);
                    hidden += text.isOver() ? 1 : 0;
                } else {
                    formatter.count(entry);
                    hidden++;
                }
                files.add(formatter.change(entry));
            }
        }
        if (hidden > 0) {
            text.endWith("\nPilot ends the diff here: " + hidden + " of " + files.size()
                    + " changed files are not shown, the limit being " + limits.maxDiffBytes() + " bytes.\n");
        }
        return new Diff(text.toByteArray(), files);
    }

    /** Without the fallback, which takes quadratic time for long files with few distinct lines. */
    private static DiffAlgorithm algorithm() {
        HistogramDiff histogram = new HistogramDiff();
        histogram.setMaxChainLength(256);
        histogram.setFallbackAlgorithm(null);
        return histogram;
    }

    private static AbstractTreeIterator tree(ObjectReader reader, Repository copy, @Nullable ObjectId commit)
            throws IOException {
        if (commit == null) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(copy)) {
            return new CanonicalTreeParser(
                    null, reader, walk.parseCommit(commit).getTree());
        }
    }

    /** Remembers what the last file's difference was, so that it is computed once for text and counts. */
    private static final class Formatter extends DiffFormatter {
        private @Nullable FileHeader last;

        Formatter(BoundedOutput text) {
            super(text);
        }

        @Override
        public void format(FileHeader header, RawText before, RawText after, DiffDriver driver) throws IOException {
            last = header;
            super.format(header, before, after, driver);
        }

        void count(DiffEntry entry) throws IOException {
            last = toFileHeader(entry);
        }

        FileChange change(DiffEntry entry) {
            boolean binary = false;
            int added = 0;
            int removed = 0;
            if (last != null) {
                binary = last.getPatchType() != FileHeader.PatchType.UNIFIED;
                for (Edit edit : last.toEditList()) {
                    added += edit.getLengthB();
                    removed += edit.getLengthA();
                }
            }
            return switch (entry.getChangeType()) {
                case ADD, COPY -> change(entry.getNewPath(), null, ChangeKind.ADDED, added, removed, binary);
                case MODIFY -> change(entry.getNewPath(), null, ChangeKind.MODIFIED, added, removed, binary);
                case DELETE -> change(entry.getOldPath(), null, ChangeKind.DELETED, added, removed, binary);
                case RENAME ->
                    change(entry.getNewPath(), entry.getOldPath(), ChangeKind.RENAMED, added, removed, binary);
            };
        }

        private static FileChange change(
                String path, @Nullable String oldPath, ChangeKind kind, int added, int removed, boolean binary) {
            return new FileChange(path, oldPath, kind, added, removed, binary);
        }
    }
}
