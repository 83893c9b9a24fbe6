package dev.pilot.wire.route;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Token;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of tokens, for administrators. */
public final class TokenRoutes {
    /** {@code GET /api/tokens}. */
    public static final Route<Void, Page<Token>> LIST = Route.get("/api/tokens", "Lists tokens by age.")
            .answers(WireType.pageOf(Token.class))
            .paged();

    /** {@code POST /api/tokens}. */
    public static final Route<CreateToken, NewToken> CREATE = Route.post(
                    "/api/tokens", "Creates a token; its secret is in this answer and nowhere else.")
            .takes(CreateToken.class)
            .creates(NewToken.class);

    /** {@code GET /api/tokens/{id}}. */
    public static final Route<Void, Token> GET =
            Route.get("/api/tokens/{id}", "Gets a token, without its secret.").answers(Token.class);

    /** {@code DELETE /api/tokens/{id}}. */
    public static final Route<Void, Token> REVOKE = Route.of(
                    "DELETE", "/api/tokens/{id}", "Revokes a token at once; what it was stays on record.")
            .answers(Token.class);

    private TokenRoutes() {}
}
