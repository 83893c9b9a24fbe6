package dev.pilot.vcs.git;

import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs a copy anew once it consists of many packs, of which every fetch and publication leaves one. */
final class Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    private Tidying() {}

    /** Does it if it is due. The copy is as good without it, so a failure is only logged; the next sync tries again. */
    static void tidy(Repository copy) {
        try {
            copy.autoGC(NullProgressMonitor.INSTANCE);
        } catch (JGitInternalException e) {
            LOG.warn("The copy {} could not be tidied up", copy.getDirectory(), e);
        }
    }
}
