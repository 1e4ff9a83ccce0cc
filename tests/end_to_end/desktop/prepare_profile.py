"""Prepares a profile for `qgis_process`: a master password, and a configuration to sign in with.

Reads what it is told as JSON from standard input; prints the id of the configuration. Runs in QGIS's own Python, with
the installed plugin in its path.
"""

from __future__ import annotations

import json
import sys

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

told = json.load(sys.stdin)
QCoreApplication.setOrganizationName("QGIS")
QCoreApplication.setApplicationName("QGIS3")
application = QgsApplication([], False)
application.initQgis()

from gpkeys_plugin.store import environments  # noqa: E402 - it reads the profile that is open by now
from gpkeys_plugin.store.configurations import auth_configs  # noqa: E402
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount  # noqa: E402

if not QgsApplication.authManager().setMasterPassword(told["master"], True):
    sys.exit("the master password was refused")
environment = environments.current()
secret = environments.client_secret(environment)
if told["flow"] == "password":
    account = TechnicalAccount(told["login"], told["password"])
    setup = OAuth2Setup("Compte technique", environment, secret, account=account)
else:
    setup = OAuth2Setup.of(environment, secret)
sys.stdout.write(json.dumps({"authcfg": auth_configs.store_oauth2(setup)}) + "\n")
application.exitQgis()
