"""The single sign-on: Authlib's OpenID provider in Keycloak's words."""
