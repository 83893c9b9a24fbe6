package dev.pilot.client.run;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Quotas;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.QuotaRoutes;
import dev.pilot.wire.run.SetQuota;
import java.util.List;

/** {@link Quotas} of a hub elsewhere. */
public final class RemoteQuotas implements Quotas {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteQuotas(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Quota set(QuotaScope scope, String key, int max) {
        return connection.call(Request.to(QuotaRoutes.SET, new SetQuota(scope, key, max)));
    }

    @Override
    public void remove(QuotaScope scope, String key) {
        connection.run(
                Request.to(QuotaRoutes.REMOVE).query("scope", scope.wire()).query("key", key));
    }

    @Override
    public List<QuotaUse> list() {
        return connection.call(Request.to(QuotaRoutes.LIST)).items();
    }
}
