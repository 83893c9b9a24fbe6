package dev.pilot.http.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.QuotaRoutes;
import dev.pilot.wire.run.SetQuota;
import java.util.Objects;

/** Quotas. */
public final class QuotaOperations {
    private QuotaOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.list(QuotaRoutes.LIST, call -> call.pilot().quotas().list());
        to.answer(QuotaRoutes.SET, call -> {
            SetQuota quota = call.body();
            return call.pilot()
                    .quotas()
                    .set(quota.scope(), Objects.requireNonNull(quota.key()), Objects.requireNonNull(quota.max()));
        });
        to.done(QuotaRoutes.REMOVE, call -> {
            QuotaScope scope = InvalidInput.required(call.named("scope", QuotaScope.class), "scope");
            call.pilot().quotas().remove(scope, Objects.requireNonNullElse(call.text("key"), Quota.EACH));
        });
    }
}
