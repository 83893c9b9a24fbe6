package dev.pilot.http.repo;

import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.RepoRoutes;

/** Repositories. */
public final class RepoOperations {
    private RepoOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(RepoRoutes.LIST, call -> call.pilot().repos().list(call.page()));
        to.create(RepoRoutes.CREATE, call -> call.pilot().repos().createOrFind(call.body()), RepoRoutes.GET, Repo::id);
        to.answer(RepoRoutes.GET, call -> call.pilot().repos().get(call.id(RepoId::new)));
        to.answer(RepoRoutes.UPDATE, call -> call.pilot().repos().update(call.id(RepoId::new), patch(call)));
        to.done(RepoRoutes.DELETE, call -> call.pilot().repos().delete(call.id(RepoId::new)));
        to.answer(RepoRoutes.SYNC, call -> call.pilot().repos().sync(call.id(RepoId::new)));
    }

    private static UpdateRepo patch(Call<UpdateRepo> call) {
        UpdateRepo patch = call.body();
        return patch.toBuilder()
                .ifUpdatedAt(call.ifUpdatedAt(patch.ifUpdatedAt()))
                .build();
    }
}
