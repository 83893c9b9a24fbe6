package dev.pilot.store.jdbi.access;

import dev.pilot.api.access.Token;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.store.StoredToken;
import dev.pilot.api.store.TokenRecords;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table {@code token}. */
public final class TokenTable implements TokenRecords {
    private static final String SELECT = "select body, revoked_at, last_used_at from token";
    private static final RowMapper<StoredToken> TOKEN = (row, context) -> token(row);

    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public TokenTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id.value())
                .map(TOKEN)
                .findOne();
    }

    @Override
    public Optional<StoredToken> findByHash(String hash) {
        return handle.createQuery(SELECT + " where hash = :hash")
                .bind("hash", hash)
                .map(TOKEN)
                .findOne();
    }

    @Override
    public boolean holds(String name, Instant now) {
        return handle.createQuery("""
                        select count(*) from token
                        where name = :name and revoked_at is null and (expires_at is null or expires_at > :now)
                        """)
                        .bind("name", name)
                        .bind("now", Micros.of(now))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @Override
    public List<StoredToken> madeBy(String name, Instant now) {
        return handle.createQuery(SELECT + """
                         where made_by = :name and revoked_at is null and (expires_at is null or expires_at > :now)
                        order by created_at, id\
                        """)
                .bind("name", name)
                .bind("now", Micros.of(now))
                .map(TOKEN)
                .list();
    }

    @Override
    public Page<StoredToken> list(PageRequest page) {
        List<StoredToken> rows = new Query(SELECT)
                .after("(created_at, id) > (:after, :afterId)", page.cursor())
                .list(handle, "order by created_at, id limit :limit", page.limit() + 1, TOKEN);
        return Keyset.page(
                rows,
                page.limit(),
                stored -> new Keyset(
                        Micros.of(stored.token().createdAt()),
                        stored.token().id().value()));
    }

    private static StoredToken token(ResultSet row) throws SQLException {
        StoredToken body = Body.read(row, StoredToken.class);
        Token token = body.token();
        return new StoredToken(
                new Token(
                        token.id(),
                        token.name(),
                        token.rights(),
                        token.expiresAt(),
                        time(row, "last_used_at"),
                        time(row, "revoked_at"),
                        token.createdBy(),
                        token.createdAt()),
                body.hash());
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Micros.instant(micros);
    }

    @Override
    public void create(StoredToken stored) {
        Token token = stored.token();
        int created = handle.createUpdate("""
                        insert into token (id, hash, name, made_by, expires_at, revoked_at, last_used_at, created_at, body)
                        values (:id, :hash, :name, :madeBy, :expiresAt, :revokedAt, :lastUsedAt, :createdAt, :body)
                        on conflict do nothing
                        """)
                .bind("id", token.id().value())
                .bind("hash", stored.hash())
                .bind("name", token.name())
                .bind("madeBy", token.createdBy())
                .bind("expiresAt", Micros.ofNullable(token.expiresAt()))
                .bind("revokedAt", Micros.ofNullable(token.revokedAt()))
                .bind("lastUsedAt", Micros.ofNullable(token.lastUsedAt()))
                .bind("createdAt", Micros.of(token.createdAt()))
                .bind("body", Body.of(stored))
                .execute();
        if (created == 0) {
            throw new AlreadyExists("token", token.id().value(), "There is a token " + token.id() + " already.");
        }
    }

    @Override
    public boolean revoke(TokenId id, Instant at) {
        return handle.createUpdate("update token set revoked_at = :at where id = :id and revoked_at is null")
                        .bind("id", id.value())
                        .bind("at", Micros.of(at))
                        .execute()
                > 0;
    }

    @Override
    public void used(Map<TokenId, Instant> uses) {
        if (uses.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update token set last_used_at = :at
                where id = :id and (last_used_at is null or last_used_at < :at)
                """);
        uses.forEach((id, at) ->
                batch.bind("id", id.value()).bind("at", Micros.of(at)).add());
        batch.execute();
    }
}
