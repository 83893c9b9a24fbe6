package dev.pilot.core.account;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Token;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.StoredToken;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;

/** {@link Tokens} over the store, for one caller. */
final class TokenUseCases implements Tokens {
    private final HubContext hub;
    private final AccountParts parts;
    private final Administration administration;

    TokenUseCases(HubContext hub, AccountParts parts, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.administration = new Administration(caller);
    }

    @Override
    public NewToken create(CreateToken command) {
        administration.require(Permission.CHANGE_TOKENS);
        administration.covers(command.rights());
        TokenId id = new TokenId(hub.ids().next("tok"));
        String secret = Secrets.of(Secrets.TOKEN, Secrets.part());
        return hub.store().write("token.create", unit -> {
            InputCheck check = new InputCheck();
            Administration.name(check, command.name());
            Administration.rights(check, unit, command.rights());
            if (command.expiresAt() != null && !command.expiresAt().isAfter(unit.now())) {
                check.problem("expiresAt", "must be in the future");
            }
            check.done();
            Administration.free(unit, command.name());
            Token token = new Token(
                    id,
                    command.name(),
                    command.rights(),
                    command.expiresAt(),
                    null,
                    null,
                    administration.by(),
                    unit.now());
            unit.tokens().create(new StoredToken(token, Secrets.hash(secret)));
            parts.events().made(unit, token, administration.by());
            return new NewToken(token, secret);
        });
    }

    @Override
    public Token get(TokenId id) {
        administration.require(Permission.SEE_TOKENS);
        return hub.store().read(view -> seen(view, id));
    }

    @Override
    public Page<Token> list(PageRequest page) {
        administration.require(Permission.SEE_TOKENS);
        return hub.store()
                .read(view -> administration.page(
                        page,
                        request -> view.tokens().list(request),
                        StoredToken::token,
                        token -> administration.sees(token.rights())));
    }

    @Override
    public Token revoke(TokenId id) {
        administration.require(Permission.CHANGE_TOKENS);
        return parts.change(() -> hub.store().write("token.revoke", unit -> {
            Token token = seen(unit, id);
            administration.covers(token.rights());
            if (unit.tokens().revoke(id, unit.now())) {
                parts.events().revoked(unit, token, administration.by());
            }
            return seen(unit, id);
        }));
    }

    private Token seen(StoreView view, TokenId id) {
        return view.tokens()
                .find(id)
                .map(StoredToken::token)
                .filter(token -> administration.sees(token.rights()))
                .orElseThrow(() -> new NotFound("token", id.value()));
    }
}
