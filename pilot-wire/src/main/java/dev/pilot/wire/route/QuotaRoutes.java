package dev.pilot.wire.route;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.SetQuota;

/** The routes of quotas; a key of {@code *} stands for every one that has no quota of its own. */
public final class QuotaRoutes {
    /** {@code GET /api/quotas}. */
    public static final Route<Void, Page<QuotaUse>> LIST = Route.get(
                    "/api/quotas", "Lists quotas by scope and key, with what is active now.")
            .answers(WireType.pageOf(QuotaUse.class));

    /** {@code PUT /api/quotas}. */
    public static final Route<SetQuota, Quota> SET = Route.of(
                    "PUT", "/api/quotas", "Sets how many runs may be active at once.")
            .takes(SetQuota.class)
            .answers(Quota.class);

    /** {@code DELETE /api/quotas}. */
    public static final Route<Void, Void> REMOVE = Route.of("DELETE", "/api/quotas", "Takes a quota away.")
            .query("scope", QuotaScope.class, "What it counts by.")
            .query("key", String.class, "Its key; * if absent.");

    private QuotaRoutes() {}
}
