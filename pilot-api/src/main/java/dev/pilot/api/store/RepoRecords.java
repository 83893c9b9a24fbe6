package dev.pilot.api.store;

import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.Repo;
import java.time.Instant;

/** Reads and writes repos. */
public interface RepoRecords extends RepoReader {
    /**
     * Inserts one.
     *
     * @param repo the repo
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Repo repo);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param repo the repo with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(Repo repo, Instant expected);

    /**
     * Deletes one, if it is there.
     *
     * @param id its id
     */
    void delete(RepoId id);
}
