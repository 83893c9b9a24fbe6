package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.Optional;

/** Reads repos. */
public interface RepoReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the repo, if there is one
     */
    Optional<Repo> find(RepoId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the repo
     * @throws NotFound if there is none
     */
    default Repo get(RepoId id) {
        return find(id).orElseThrow(() -> new NotFound("repo", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Repo> list(PageRequest page);

    /**
     * Finds the one with a slug.
     *
     * @param slug the slug
     * @return the repo, if there is one
     */
    Optional<Repo> findBySlug(String slug);

    /**
     * Whether a project, or a run that is not over, uses it.
     *
     * @param id its id
     * @return true if it is used
     */
    boolean inUse(RepoId id);
}
