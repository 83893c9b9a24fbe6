package dev.pilot.core.run;

import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.core.repo.AttemptBranch;
import dev.pilot.core.repo.RepoDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repository of a run, for a worker that keeps a copy of its own. */
final class AttemptRepository {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRepository.class);
    private static final int MOST_KNOWN = 100;
    private static final int COMMIT = 40;

    private final HubContext hub;
    private final RepoDesk repos;
    private final Holding holding;

    AttemptRepository(HubContext hub, RepoDesk repos, Holding holding) {
        this.hub = hub;
        this.repos = repos;
        this.holding = holding;
    }

    /** Written to a file first, so that what goes wrong is said instead of a bundle, and a slow worker keeps nobody waiting. */
    InputStream base(Lease lease, List<String> known) {
        InputCheck check = new InputCheck();
        check.texts("commits", known, MOST_KNOWN, COMMIT);
        check.done();
        Repo repo = held(lease);
        Path file = newFile();
        boolean whole = false;
        try {
            try (OutputStream to = Files.newOutputStream(file)) {
                repos.bundle(repo, known, to);
            }
            InputStream bundle = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            whole = true;
            return bundle;
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            if (!whole) {
                delete(file);
            }
        }
    }

    private Path newFile() {
        try {
            return Files.createTempFile(Files.createDirectories(hub.data().transfers()), "base-", ".bundle");
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static Unavailable notWritten(IOException cause) {
        return new Unavailable("repository-io", "The bundle can't be written: " + cause.getMessage(), cause);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is not needed any more, but can't be deleted: {}", file, e.getMessage());
        }
    }

    /** The branch bears the attempt's number, so a worker that is late can touch nobody else's; it leaves nothing if it is. */
    String publish(Lease lease, InputStream bundle) {
        Repo repo = held(lease);
        String branch = AttemptBranch.of(lease.runId(), lease.attempt());
        String commit = repos.receive(repo, branch, bundle);
        try {
            held(lease);
        } catch (LeaseLost late) {
            repos.forget(repo, branch);
            throw late;
        }
        return commit;
    }

    private Repo held(Lease lease) {
        holding.require(lease.workerId());
        return hub.store().read(view -> {
            Run run = holding.held(view, lease);
            if (run.repoId() == null) {
                throw new NotAllowed("no-repository", "Run " + run.id() + " works on no repository.");
            }
            return view.repos().get(run.repoId());
        });
    }
}
