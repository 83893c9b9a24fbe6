package dev.pilot.vcs.git;

import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.merge.ResolveMerger;

/** The files at which a merge failed. */
final class Conflicts {
    private Conflicts() {}

    static List<String> files(ResolveMerger merger) {
        TreeSet<String> files = new TreeSet<>(merger.getUnmergedPaths());
        if (merger.getFailingPaths() != null) {
            files.addAll(merger.getFailingPaths().keySet());
        }
        return List.copyOf(files);
    }
}
