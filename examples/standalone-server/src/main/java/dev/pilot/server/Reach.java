package dev.pilot.server;

import dev.pilot.core.config.PilotConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a server may be reached from where it listens, as {@code serve} and {@code doctor} see it. */
public final class Reach {
    private Reach() {}

    /**
     * What the hub made by itself lies in a file on this machine and is good for everything: it is not for other machines to guess at.
     *
     * @param settings how the server is set up
     * @param keepsSomebody whether the hub keeps a user or token that is let in; asked only where it matters
     * @return why it may not serve there and what to do, to be read behind "host"; null if it may
     */
    public static @Nullable String refusal(ServerSettings settings, BooleanSupplier keepsSomebody) {
        PilotConfig hub = settings.hub();
        if (isLoopback(settings.http().host())
                || settings.beyondLoopback()
                || hub.adminToken() != null
                || hub.agentToken() != null
                || hub.workerToken() != null
                || keepsSomebody.getAsBoolean()) {
            return null;
        }
        return "is " + settings.http().host()
                + ", beyond this machine, where only the token lets anybody in that the hub has"
                + " made by itself: add a user (./pilot user add <name> --admin), or set admin.token (or"
                + " PILOT_ADMIN_TOKEN) to one of your own, of 16 characters or more;"
                + " generated.token.beyond.loopback=true serves all the same";
    }

    /**
     * What is allowed, but should be known.
     *
     * @param settings how the server is set up
     * @return a sentence; null if there is nothing
     */
    public static @Nullable String warning(ServerSettings settings) {
        boolean isPlain = settings.http().tls() == null
                && settings.http().trustedProxies().isEmpty();
        return !isPlain || isLoopback(settings.http().host())
                ? null
                : "Serving " + settings.http().host() + " without TLS: whoever is on the way can read tokens. Set"
                        + " tls.certificate and tls.key, or put a proxy in front and name it in trusted.proxies.";
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
