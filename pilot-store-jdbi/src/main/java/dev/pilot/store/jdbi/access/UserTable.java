package dev.pilot.store.jdbi.access;

import dev.pilot.api.access.User;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.UserId;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.UserAccount;
import dev.pilot.api.store.UserRecords;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code account}; {@code user} is a word of SQL's. */
public final class UserTable implements UserRecords {
    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public UserTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<UserAccount> find(UserId id) {
        return handle.createQuery("select body from account where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(UserAccount.class))
                .findOne();
    }

    @Override
    public Optional<UserAccount> findByName(String name) {
        return handle.createQuery("select body from account where name = :name")
                .bind("name", name)
                .map(Body.mapper(UserAccount.class))
                .findOne();
    }

    @Override
    public Page<UserAccount> list(PageRequest page) {
        List<UserAccount> rows = new Query("select body from account")
                .after("(created_at, id) > (:after, :afterId)", page.cursor())
                .list(handle, "order by created_at, id limit :limit", page.limit() + 1, Body.mapper(UserAccount.class));
        return Keyset.page(
                rows,
                page.limit(),
                account -> new Keyset(
                        Micros.of(account.user().createdAt()),
                        account.user().id().value()));
    }

    @Override
    public void create(UserAccount account) {
        User user = account.user();
        int created = handle.createUpdate("""
                        insert into account (id, name, created_at, updated_at, body)
                        values (:id, :name, :createdAt, :updatedAt, :body)
                        on conflict do nothing
                        """)
                .bind("id", user.id().value())
                .bind("name", user.name())
                .bind("createdAt", Micros.of(user.createdAt()))
                .bind("updatedAt", Micros.of(user.updatedAt()))
                .bind("body", Body.of(account))
                .execute();
        if (created == 0) {
            throw new AlreadyExists("user", user.name(), "There is a user " + user.name() + " already.");
        }
    }

    @Override
    public void update(UserAccount account, Instant expected) {
        User user = account.user();
        int updated = handle.createUpdate("""
                        update account set updated_at = :updatedAt, body = :body where id = :id and updated_at = :expected
                        """)
                .bind("id", user.id().value())
                .bind("updatedAt", Micros.of(user.updatedAt()))
                .bind("body", Body.of(account))
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("user", user.id().value());
        }
    }

    @Override
    public void delete(UserId id) {
        handle.createUpdate("delete from account where id = :id")
                .bind("id", id.value())
                .execute();
    }
}
