package dev.pilot.api.repo;

import dev.pilot.api.id.RepoId;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/** The use-cases of repositories. */
public interface Repos {
    /**
     * Registers a repository, or finds the one that the same command made before. Nothing is fetched yet.
     *
     * @param command the repository
     * @return the repository, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong or the URL holds a credential
     * @throws dev.pilot.api.error.AlreadyExists if the id, key or slug is taken by other content
     */
    Created<Repo> createOrFind(CreateRepo command);

    /**
     * Registers a repository, or finds the one that the same command made before.
     *
     * @param command the repository
     * @return the repository
     */
    default Repo create(CreateRepo command) {
        return createOrFind(command).value();
    }

    /**
     * Gets a repository.
     *
     * @param id its id
     * @return the repository
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Repo get(RepoId id);

    /**
     * Lists repositories by age.
     *
     * @param page which part of the list
     * @return a page of repositories
     */
    Page<Repo> list(PageRequest page);

    /**
     * Changes some fields.
     *
     * @param id its id
     * @param patch what to change
     * @return the repository now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the repository
     */
    Repo update(RepoId id, UpdateRepo patch);

    /**
     * Forgets a repository. The hub's copy stays on disk.
     *
     * @param id its id
     * @throws dev.pilot.api.error.NotAllowed if a project or a run that is not over uses it
     */
    void delete(RepoId id);

    /**
     * Clones the remote, or fetches what is new.
     *
     * @param id its id
     * @return the repository with its state
     * @throws dev.pilot.api.error.Unavailable with code {@code repository-unreachable} if the remote can't be read
     */
    Repo sync(RepoId id);
}
