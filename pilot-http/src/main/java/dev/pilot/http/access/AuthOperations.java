package dev.pilot.http.access;

import dev.pilot.api.Door;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.access.ChangePassword;
import dev.pilot.wire.route.AuthRoutes;

/** Log-in and what follows from it. */
public final class AuthOperations {
    private AuthOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     * @param door where users log in
     */
    public static void add(Operations to, Door door) {
        to.answer(AuthRoutes.LOG_IN, call -> door.logIn(call.body(), call.address()));
        to.answer(AuthRoutes.REFRESH, call -> door.refresh(call.body().refreshToken()));
        to.answer(AuthRoutes.VERIFY, call -> call.pilot().account().identity());
        to.done(AuthRoutes.CHANGE_PASSWORD, call -> {
            ChangePassword change = call.body();
            call.pilot().account().changePassword(change.current(), change.next());
        });
        to.done(AuthRoutes.LOG_OUT, call -> call.pilot().account().logOut());
        to.done(AuthRoutes.LOG_OUT_EVERYWHERE, call -> call.pilot().account().logOutEverywhere());
    }
}
