package dev.pilot.core.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.UserId;
import dev.pilot.api.store.LiveSession;
import dev.pilot.api.value.Json;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of sessions, which are JWTs: they say which session and until when, and nothing of what its user may do, which is looked up.
 * A token is accepted if it is one that this hub would have written, byte by byte: it is signed by a key that its very header belongs to, and
 * writing its claims again gives the same text. Threads may share it.
 */
final class AccessTokens {
    /** Hubs that share a store need not share a clock to the second. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST = 2_048;

    private final SessionKeys keys;
    private final String hub;
    private final Duration life;
    private final Clock clock;

    /**
     * What a token says.
     *
     * @param sessionId the session
     * @param userId its user
     * @param epoch the user's epoch
     * @param expiresAt until when it holds
     */
    record Claims(String sessionId, UserId userId, long epoch, Instant expiresAt) {}

    AccessTokens(SessionKeys keys, String hubId, Duration life, Clock clock) {
        this.keys = keys;
        this.hub = "pilot:" + hubId;
        this.life = life;
        this.clock = clock;
    }

    /** How long a new one holds. */
    Duration life() {
        return life;
    }

    String of(LiveSession session) {
        long now = clock.instant().getEpochSecond();
        long end = Math.min(now + life.toSeconds(), session.expiresAt().getEpochSecond());
        String payload = payload(hub, session.userId().value(), session.id(), session.epoch(), now, end);
        SessionKeys.Key key = keys.signing();
        String signed = key.header() + "." + Base64URL.encode(payload);
        try {
            return signed + "." + key.signer().sign(header(key), signed.getBytes(US_ASCII));
        } catch (JOSEException | ParseException impossible) {
            throw new AssertionError("every JVM knows HMAC-SHA256", impossible);
        }
    }

    private static JWSHeader header(SessionKeys.Key key) throws ParseException {
        return JWSHeader.parse(new Base64URL(key.header()));
    }

    private static String payload(String hub, String user, String session, long epoch, long from, long to) {
        return Json.object(
                        "iss", hub, "aud", hub, "sub", user, "sid", session, "epoch", epoch, "iat", from, "nbf", from,
                        "exp", to)
                .toString();
    }

    /** Null for whatever is no token of this hub's that holds now. */
    @Nullable
    Claims read(String shown) {
        String[] parts = shown.length() > LONGEST ? new String[0] : shown.split("\\.", -1);
        SessionKeys.Key key = parts.length == 3 ? keys.of(parts[0]) : null;
        if (key == null) {
            return null;
        }
        try {
            Base64URL signature = new Base64URL(parts[2]);
            String payload = new Base64URL(parts[1]).decodeToString();
            boolean exact = parts[1].equals(Base64URL.encode(payload).toString())
                    && parts[2].equals(Base64URL.encode(signature.decode()).toString());
            if (!exact
                    || !key.verifier().verify(header(key), (parts[0] + "." + parts[1]).getBytes(US_ASCII), signature)) {
                return null;
            }
            return claims(payload);
        } catch (JOSEException | ParseException | IllegalArgumentException | InvalidInput notOurs) {
            return null;
        }
    }

    private @Nullable Claims claims(String payload) throws ParseException {
        if (!payload.startsWith("{")) {
            return null; // the library stumbles over a null
        }
        JWTClaimsSet claims = JWTClaimsSet.parse(payload);
        String user = claims.getSubject();
        String session = claims.getStringClaim("sid");
        Long epoch = claims.getLongClaim("epoch");
        Date from = claims.getNotBeforeTime();
        Date to = claims.getExpirationTime();
        if (user == null || session == null || epoch == null || from == null || to == null) {
            return null;
        }
        Instant notBefore = from.toInstant();
        Instant expiresAt = to.toInstant();
        String again = payload(hub, user, session, epoch, notBefore.getEpochSecond(), expiresAt.getEpochSecond());
        Instant now = clock.instant();
        boolean holds = !now.isBefore(notBefore.minus(SKEW))
                && now.isBefore(expiresAt)
                && !expiresAt.isAfter(notBefore.plus(life));
        return holds && again.equals(payload) ? new Claims(session, new UserId(user), epoch, expiresAt) : null;
    }
}
