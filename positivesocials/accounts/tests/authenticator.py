"""A device with passkeys, in software: makes keys and signs challenges as a browser would hand them on."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAGS = AuthenticatorData.FLAG
ORIGIN = "http://localhost:8000"


class Device:
    def __init__(self, *, origin=ORIGIN, unlocked=True, counter=0):
        self.origin, self.unlocked, self.counter = origin, unlocked, counter
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.user_handle = b""

    def make(self, options: str) -> str:
        asked = json.loads(options)
        self.user_handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.credential_id, public)
        data = self._data(asked["rp"]["id"], credential)
        made = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=bytes(made))

    def sign(self, options: str, **changes: bytes) -> str:
        asked = json.loads(options)
        data = self._data(asked["rpId"])
        client = self._client("webauthn.get", asked["challenge"])
        signed = bytes(data) + hashlib.sha256(client).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": bytes(data), "signature": signature}
        return self._answer(**{**parts, "userHandle": self.user_handle, **changes})

    def _data(self, site: str, credential=b"") -> AuthenticatorData:
        flags = FLAGS.UP | (FLAGS.UV if self.unlocked else FLAGS(0)) | (FLAGS.AT if credential else FLAGS(0))
        return AuthenticatorData.create(
            hashlib.sha256(site.encode()).digest(), flags, self.counter, credential
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, self.origin))

    def _answer(self, **parts: bytes) -> str:
        name = websafe_encode(self.credential_id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
