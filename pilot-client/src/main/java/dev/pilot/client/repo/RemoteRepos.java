package dev.pilot.client.repo;

import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.Repos;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.RepoRoutes;
import java.time.Duration;

/** {@link Repos} of a hub elsewhere. */
public final class RemoteRepos implements Repos {
    /** A first clone of a large repository takes its time. */
    private static final Duration LONGEST_SYNC = Duration.ofMinutes(30);

    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteRepos(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<Repo> createOrFind(CreateRepo command) {
        if (command.id() != null || command.idempotencyKey() != null) {
            return connection.create(Request.to(RepoRoutes.CREATE, command));
        }
        CreateRepo keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(RepoRoutes.CREATE, keyed));
    }

    @Override
    public Repo get(RepoId id) {
        return connection.call(Request.to(RepoRoutes.GET, id));
    }

    @Override
    public Page<Repo> list(PageRequest page) {
        return connection.call(Request.to(RepoRoutes.LIST).page(page));
    }

    @Override
    public Repo update(RepoId id, UpdateRepo patch) {
        return connection.call(Request.to(RepoRoutes.UPDATE, patch, id));
    }

    @Override
    public void delete(RepoId id) {
        connection.run(Request.to(RepoRoutes.DELETE, id));
    }

    @Override
    public Repo sync(RepoId id) {
        return connection.call(Request.to(RepoRoutes.SYNC, id).patience(LONGEST_SYNC));
    }
}
