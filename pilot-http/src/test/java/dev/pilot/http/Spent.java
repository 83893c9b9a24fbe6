package dev.pilot.http;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.time.Duration;

/** Admins' credentials, all of them once good, or good elsewhere. */
record Spent(
        String expiredToken,
        String revokedToken,
        String tokenElsewhere,
        String expiredSession,
        String endedSession,
        String disabledUser,
        String sessionElsewhere,
        String refreshToken) {
    private static final Rights ALL = Rights.of(Scope.ADMIN);
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";

    /** Makes them; the server's clock is then a day later. */
    static Spent of(HubServer server, Path elsewhere) {
        PilotHub hub = server.hub();
        NewToken expired = hub.tokens()
                .create(new CreateToken("expired", ALL, server.clock().instant().plus(Duration.ofHours(1))));
        NewToken revoked = hub.tokens().create(new CreateToken("revoked", ALL));
        hub.tokens().revoke(revoked.token().id());
        Session old = logIn(hub, "old");
        server.clock().advance(Duration.ofDays(1));

        Session ended = logIn(hub, "ended");
        hub.door().admit(new Credentials(ended.accessToken(), HERE)).account().logOut();
        Session disabled = logIn(hub, "disabled");
        hub.users().update(disabled.user().id(), UpdateUser.NOTHING.enabled(false));
        Session good = logIn(hub, "good");
        try (PilotHub other = PilotHub.open(PilotConfig.builder(elsewhere).build())) {
            return new Spent(
                    expired.secret(),
                    revoked.secret(),
                    other.tokens().create(new CreateToken("elsewhere", ALL)).secret(),
                    old.accessToken(),
                    ended.accessToken(),
                    disabled.accessToken(),
                    logIn(other, "elsewhere-too").accessToken(),
                    good.refreshToken());
        }
    }

    private static Session logIn(PilotHub hub, String name) {
        hub.users().create(new CreateUser(name, PASSWORD, ALL));
        return hub.door().logIn(new LogIn(name, PASSWORD), HERE);
    }
}
