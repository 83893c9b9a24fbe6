package dev.pilot.client.access;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Token;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.TokenRoutes;

/** {@link Tokens} of a hub elsewhere. */
public final class RemoteTokens implements Tokens {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteTokens(Connection connection) {
        this.connection = connection;
    }

    @Override
    public NewToken create(CreateToken command) {
        return connection.call(Request.to(TokenRoutes.CREATE, command));
    }

    @Override
    public Token get(TokenId id) {
        return connection.call(Request.to(TokenRoutes.GET, id));
    }

    @Override
    public Page<Token> list(PageRequest page) {
        return connection.call(Request.to(TokenRoutes.LIST).page(page));
    }

    @Override
    public Token revoke(TokenId id) {
        return connection.call(Request.to(TokenRoutes.REVOKE, id).repeatable());
    }
}
