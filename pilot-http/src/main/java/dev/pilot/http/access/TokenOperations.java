package dev.pilot.http.access;

import dev.pilot.api.access.NewToken;
import dev.pilot.api.id.TokenId;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.TokenRoutes;
import java.util.Map;

/** Tokens. */
public final class TokenOperations {
    private TokenOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(TokenRoutes.LIST, call -> call.pilot().tokens().list(call.page()));
        to.serve(TokenRoutes.CREATE, call -> {
            NewToken made = call.pilot().tokens().create(call.body());
            String place = TokenRoutes.GET.path(made.token().id());
            return new Answer.Value(201, made, Map.of("Location", place));
        });
        to.answer(TokenRoutes.GET, call -> call.pilot().tokens().get(call.id(TokenId::new)));
        to.answer(TokenRoutes.REVOKE, call -> call.pilot().tokens().revoke(call.id(TokenId::new)));
    }
}
