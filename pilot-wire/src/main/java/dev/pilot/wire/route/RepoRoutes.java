package dev.pilot.wire.route;

import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of repositories. */
public final class RepoRoutes {
    /** {@code GET /api/repos}. */
    public static final Route<Void, Page<Repo>> LIST = Route.get("/api/repos", "Lists repositories by age.")
            .answers(WireType.pageOf(Repo.class))
            .paged();

    /** {@code POST /api/repos}. */
    public static final Route<CreateRepo, Repo> CREATE = Route.post("/api/repos", "Registers a repository.")
            .takes(CreateRepo.class)
            .creates(Repo.class);

    /** {@code GET /api/repos/{id}}. */
    public static final Route<Void, Repo> GET =
            Route.get("/api/repos/{id}", "Gets a repository.").answers(Repo.class);

    /** {@code PATCH /api/repos/{id}}. */
    public static final Route<UpdateRepo, Repo> UPDATE = Route.of(
                    "PATCH", "/api/repos/{id}", "Changes some fields of a repository.")
            .takes(Media.MERGE_PATCH, UpdateRepo.class)
            .answers(Repo.class);

    /** {@code DELETE /api/repos/{id}}. */
    public static final Route<Void, Void> DELETE =
            Route.of("DELETE", "/api/repos/{id}", "Forgets a repository; the hub's copy stays on disk.");

    /** {@code POST /api/repos/{id}/sync}. */
    public static final Route<Void, Repo> SYNC = Route.post(
                    "/api/repos/{id}/sync", "Clones the remote, or fetches what is new.")
            .answers(Repo.class);

    private RepoRoutes() {}
}
