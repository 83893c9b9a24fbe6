package dev.pilot.core.limit;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Quotas;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import java.util.List;

/** {@link Quotas} over the store, for one caller. */
final class QuotaUseCases implements Quotas {
    private static final int MOST = 1_000_000;

    private final HubContext hub;
    private final Journal journal;
    private final Caller caller;

    QuotaUseCases(HubContext hub, Journal journal, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.caller = caller;
    }

    @Override
    public Quota set(QuotaScope scope, String key, int max) {
        Permission.CHANGE_LIMITS.require(caller);
        InputCheck check = new InputCheck();
        check.name("key", key);
        if (scope == QuotaScope.OVERALL && !key.equals(Quota.EACH)) {
            check.problem("key", "must be " + Quota.EACH + " for the quota of all runs");
        }
        check.range("max", max, 0, MOST);
        check.done();
        return hub.store().write("quota.set", unit -> {
            Quota quota = new Quota(scope, key, max, unit.now());
            unit.quotas().set(quota);
            tell(unit, scope, key, "set to " + max, Json.object("scope", scope, "key", key, "max", max));
            return quota;
        });
    }

    @Override
    public void remove(QuotaScope scope, String key) {
        Permission.CHANGE_LIMITS.require(caller);
        hub.store().write("quota.remove", unit -> {
            if (!unit.quotas().delete(scope, key)) {
                throw new NotFound("quota", scope.wire() + "/" + key);
            }
            tell(unit, scope, key, "removed", Json.object("scope", scope, "key", key, "max", null));
            return null;
        });
    }

    private void tell(StoreUnit unit, QuotaScope scope, String key, String what, Json.Obj data) {
        String name = scope.wire() + ":" + key;
        journal.write(
                unit,
                journal.build(new Subject("quota", name), null, null, "quota", name + " " + what, data)
                        .message("by " + caller.name())
                        .build());
    }

    @Override
    public List<QuotaUse> list() {
        Permission.SEE_LIMITS.require(caller);
        return hub.store().read(view -> {
            QuotaBook book = QuotaBook.read(view);
            SeenLimits seen = new SeenLimits(view, Reach.of(caller));
            return book.quotas().stream()
                    .filter(quota -> seen.isThere(quota.scope(), quota.key()))
                    .map(quota -> new QuotaUse(quota, seen.of(quota.scope(), book.activeOf(quota))))
                    .toList();
        });
    }
}
