package dev.pilot.http.access;

import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.id.UserId;
import dev.pilot.api.value.Created;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.UserRoutes;

/** Users. */
public final class UserOperations {
    private UserOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(UserRoutes.LIST, call -> call.pilot().users().list(call.page()));
        to.create(
                UserRoutes.CREATE,
                call -> new Created<>(call.pilot().users().create(call.body()), true),
                UserRoutes.GET,
                User::id);
        to.answer(UserRoutes.GET, call -> call.pilot().users().get(call.id(UserId::new)));
        to.answer(UserRoutes.UPDATE, call -> call.pilot().users().update(call.id(UserId::new), patch(call)));
        to.done(UserRoutes.DELETE, call -> call.pilot().users().delete(call.id(UserId::new)));
        to.answer(
                UserRoutes.SET_PASSWORD,
                call -> call.pilot()
                        .users()
                        .setPassword(call.id(UserId::new), call.body().password()));
        to.done(UserRoutes.LOG_OUT, call -> call.pilot().users().logOut(call.id(UserId::new)));
    }

    private static UpdateUser patch(Call<UpdateUser> call) {
        UpdateUser patch = call.body();
        return patch.ifUpdatedAt(call.ifUpdatedAt(patch.ifUpdatedAt()));
    }
}
